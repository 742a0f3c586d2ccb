package main
import ("bufio";"fmt";"os";"strings";"encoding/json";"regexp";"sort";"strconv"
"github.com/ethereum/go-ethereum/crypto")
func main(){
 m:=map[string][]string{}
 add:=func(k,s string){ h:=fmt.Sprintf("0x%x",crypto.Keccak256([]byte(s))[:4]); m[h]=append(m[h],k+" "+s)}
 f,_:=os.Open("/tmp/sigs.txt"); sc:=bufio.NewScanner(f); sc.Buffer(nil,1<<20)
 for sc.Scan(){ p:=strings.SplitN(sc.Text(),"\t",2); add(p[0],p[1])}
 for _,g:=range os.Args[2:]{ raw,_:=os.ReadFile(g); var x map[string]string; json.Unmarshal(raw,&x); for k,v:=range x{ m["0x"+k]=append(m["0x"+k],"4 "+v)}}
 re:=regexp.MustCompile(`(\d+)  (0x[0-9a-f]{8}) at (\S+) on chain (\d+): (\w+)`)
 raw,_:=os.ReadFile(os.Args[1]); n:=map[string]int{}; ex:=map[string]string{}
 for _,x:=range re.FindAllStringSubmatch(string(raw),-1){ k,_:=strconv.Atoi(x[1]); n[x[2]]+=k; if ex[x[2]]==""{ex[x[2]]=x[3]+"@"+x[4]+" "+x[5]}}
 var ks []string; for k:=range n{ks=append(ks,k)}; sort.Slice(ks,func(i,j int)bool{return n[ks[i]]>n[ks[j]]})
 for _,k:=range ks{ fmt.Println(n[k],k,ex[k],strings.Join(m[k]," | "))}
}
