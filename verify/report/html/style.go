package html

import (
	"crypto/sha256"
	"encoding/base64"
)

// style is the only style of the page. The bands of the verdict have the same colours in
// light and dark, so that a picture of either is told by them; every colour stands beside a
// word that says the same.
const style = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1b1b1d;--soft:#5a5a60;--line:#d8d8dc;--panel:#f5f5f3;--red:#a3161f;--amber:#7a4b00;--green:#17653a;--blue:#2d4d78}
@media (prefers-color-scheme:dark){:root{--bg:#17181b;--fg:#e9e7e3;--soft:#a5a5ab;--line:#3a3b41;--panel:#202226;--red:#ff8f8a;--amber:#f2c063;--green:#7ed6a0;--blue:#a3c4f3}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere;-webkit-text-size-adjust:100%}
main{max-width:64rem;margin:0 auto;padding:1rem;display:flex;flex-direction:column}
main>*{min-width:0}
.all{order:-1;margin-bottom:2.5rem}.all td:first-child{white-space:nowrap}
code,pre,.mono{font-family:ui-monospace,"SFMono-Regular",Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.92em}
h1{font-size:1rem;font-weight:600;margin:0 0 1rem;color:var(--soft)}
h3{font-size:1.05rem;margin:2rem 0 .5rem;padding-top:.6rem;border-top:1px solid var(--line)}
p{margin:.3rem 0}
article{margin:0 0 2.5rem}
.band{border-radius:.5rem;padding:.8rem 1.1rem;color:#fff;margin:.8rem 0}
.band h2,.band .word{font-size:1.6rem;line-height:1.2;letter-spacing:.02em;font-weight:700;margin:0 0 .3rem}
.band.bad{background:#a3161f}.band.good{background:#17653a}.band.plain{background:#2d4d78}.band.shown{background:#7a4b00}
.band .addr code{background:#0000003d}
.meta{color:var(--soft);margin:.2rem 0}
ul,ol{margin:.4rem 0;padding-left:1.6rem}
.findings{list-style:none;padding:0}
.findings>li{border:1px solid var(--line);border-left:.4rem solid var(--soft);border-radius:.4rem;background:var(--panel);padding:.6rem .9rem;margin:.6rem 0}
.findings>li.critical{border-left-color:var(--red)}.findings>li.high{border-left-color:var(--amber)}
.sev{font-weight:700;margin-right:.5rem}.critical .sev{color:var(--red)}.high .sev{color:var(--amber)}.notice .sev{color:var(--soft)}
.do{border-left:3px solid var(--line);padding-left:.6rem}
.effects>li{margin:.5rem 0}
.addr{display:inline-block;max-width:100%}
.addr code{white-space:normal;font-weight:600}.addr>span{white-space:nowrap}
.addr svg{width:1.25em;height:1.25em;vertical-align:-.28em;border-radius:.25em;margin-right:.4em}
.not{color:var(--red);font-weight:700}.ok{color:var(--green);font-weight:700}.warn{color:var(--amber);font-weight:700}
table{border-collapse:collapse;width:100%;margin:.4rem 0}
th,td{text-align:left;vertical-align:top;padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--line)}
thead th{font-size:.85rem;color:var(--soft);font-weight:600}
tbody th{font-weight:600;white-space:nowrap;width:1%;padding-right:1.2rem}
.prov{color:var(--soft);font-size:.85rem}
.hash{margin:.5rem 0 .9rem}.hash b{display:block}
.hash pre{margin:.15rem 0;font-size:1.05rem;line-height:1.6;white-space:pre-wrap}
.bar{width:100%;height:.8rem;display:block}.bar rect{fill:var(--line)}.bar rect+rect{fill:var(--blue)}
.share{width:22%}.num{text-align:right;white-space:nowrap}
details{margin:.3rem 0}summary{cursor:pointer;color:var(--soft)}
.call{border-left:2px solid var(--line);padding:.2rem 0 .2rem .8rem;margin:.5rem 0}
.call summary{color:var(--fg)}
.args td,.args th{padding:.15rem .6rem .15rem 0;border:0;font-size:.92rem}
.raw{white-space:pre-wrap;word-break:break-all;background:var(--panel);padding:.5rem;border-radius:.3rem;font-size:.85rem}
.pair td{width:45%}tr.diff th{border-left:.25rem solid var(--red);padding-left:.6rem}tr.same th{border-left:.25rem solid var(--green);padding-left:.6rem}
footer{color:var(--soft);font-size:.9rem;border-top:1px solid var(--line);padding-top:.8rem}
a{color:var(--blue)}
@media (max-width:40rem){main{padding:.7rem}.addr{display:inline}.hash pre{font-size:min(1.05rem,3.6vw)}table.stack,table.stack tbody,table.stack tr,table.stack td,table.stack th{display:block;width:auto}table.stack thead{display:none}table.stack tr{border-bottom:1px solid var(--line);padding:.4rem 0}table.stack td,table.stack th{border:0;padding:.1rem 0;white-space:normal}table.stack tr.diff th,table.stack tr.same th{padding-left:.6rem}table.stack td[data-l]::before{content:attr(data-l);display:block;font-size:.8rem;color:var(--soft)}.num{text-align:left}.band h2,.band .word{font-size:1.35rem}}
@media print{:root{color-scheme:light;--bg:#fff;--fg:#000;--soft:#444;--line:#999;--panel:#fff;--red:#a3161f;--amber:#7a4b00;--green:#17653a;--blue:#2d4d78}body{font-size:10pt}main{max-width:none;padding:0}.band{print-color-adjust:exact;-webkit-print-color-adjust:exact;border:2px solid #000}.findings>li,.hash,.effects>li,tr{break-inside:avoid}h3{break-after:avoid}article{break-after:page}article:last-of-type{break-after:auto}.all{break-after:page}.addr svg,.bar{print-color-adjust:exact;-webkit-print-color-adjust:exact}details::details-content{content-visibility:visible}}
`

// policy allows the style by its digest, and nothing else: no script, no picture, no font,
// no frame, no form, no other base of links.
var policy = func() string {
	sum := sha256.Sum256([]byte(style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
}()
