package main
import ("bufio";"fmt";"os";"strings";"regexp"
"github.com/coldsign/coldsign/abi/encode"
"github.com/coldsign/coldsign/abi/catalogue"
)
func main(){
 raw,_:=os.ReadFile(os.Args[1]); re:=regexp.MustCompile(`(\d+)  (0x[0-9a-f]{8}) at (\S+) on`)
 n:=map[string]int{}; for _,x:=range re.FindAllStringSubmatch(string(raw),-1){ k:=0; fmt.Sscan(x[1],&k); n[x[2]]+=k}
 sc:=bufio.NewScanner(os.Stdin); sc.Buffer(nil,1<<20); hit:=0
 for sc.Scan(){ t:=strings.TrimSpace(sc.Text()); if t==""||t[0]=='#'||t[0]=='='||t[0]=='@'{continue}
  d,err:=encode.ParseDeclaration(t); if err!=nil{fmt.Println("BAD",t,err);continue}
  s:=d.Selector(); h:=fmt.Sprintf("0x%x",s)
  if n[h]>0{fmt.Println("HIT",n[h],h,t);hit+=n[h]; delete(n,h)}
  if len(os.Args)>2&&len(catalogue.Declarations(s))>0{fmt.Println("KNOWN",t)}
 }
 fmt.Println("hit",hit,"left",len(n)); 
}
