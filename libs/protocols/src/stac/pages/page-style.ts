/** The style of every page; light and dark as the reader has it. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--ink:#1b2733;--soft:#566575;--line:#d5dde5;--back:#f5f7f9;--panel:#fff;--link:#00579c;--mark:#d55e00}
@media (prefers-color-scheme:dark){:root{--ink:#e4eaf0;--soft:#9fb0c0;--line:#33414e;--back:#131a21;--panel:#1c252e;--link:#7cc0ff;--mark:#ff9d4d}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
a{color:var(--link)}
a:focus-visible,input:focus-visible,button:focus-visible{outline:3px solid var(--mark);outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--panel);padding:.5rem}
header,main,footer{max-width:76rem;margin:0 auto;padding:0 1rem}
header{display:flex;gap:1rem;justify-content:space-between;align-items:baseline;padding-top:1rem;border-bottom:1px solid var(--line)}
nav ol{display:flex;flex-wrap:wrap;gap:.25rem .5rem;list-style:none;margin:0 0 .75rem;padding:0;overflow-wrap:anywhere}
nav li+li::before{content:"/";color:var(--soft);padding-right:.5rem}
h1{font-size:1.6rem;line-height:1.25;overflow-wrap:anywhere;margin:1.25rem 0 .75rem}
h2{font-size:1.2rem;margin:1.75rem 0 .5rem}
.panel,form{background:var(--panel);border:1px solid var(--line);border-radius:.5rem;padding:1rem;margin:1rem 0}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;background:var(--panel)}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
thead th{white-space:nowrap}
.facts th{width:16rem;font-weight:600;color:var(--soft)}
.number{text-align:right;white-space:nowrap}
.soft{color:var(--soft)}
svg.map{display:block;width:100%;max-height:26rem;background:var(--panel);border:1px solid var(--line);border-radius:.5rem}
svg .grid{stroke:var(--line);fill:none}
svg text{fill:var(--soft);font-family:inherit}
svg .foot{fill:var(--link);fill-opacity:.14;stroke:var(--link)}
svg a:hover .foot,svg a:focus .foot{fill:var(--mark);fill-opacity:.4;stroke:var(--mark)}
svg path,svg line{vector-effect:non-scaling-stroke}
form{display:grid;grid-template-columns:repeat(auto-fill,minmax(14rem,1fr));gap:.75rem;align-items:end}
label{display:block;font-weight:600}label small{display:block;font-weight:400;color:var(--soft)}
input{width:100%;font:inherit;padding:.4rem;border:1px solid var(--soft);border-radius:.3rem;background:var(--back);color:inherit}
button{font:inherit;font-weight:600;padding:.5rem 1.25rem;border:0;border-radius:.3rem;background:var(--link);color:var(--panel);cursor:pointer}
.pages{display:flex;gap:1rem;align-items:baseline;margin:1rem 0}
.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(22rem,100%),1fr));gap:1rem;align-items:start}
.two img{width:100%;max-height:26rem;object-fit:contain;border:1px solid var(--line);border-radius:.5rem;background:#000}
img.small{width:4.5rem;height:4.5rem;object-fit:cover;border-radius:.3rem;background:#000}
pre{overflow:auto;max-height:40rem;background:var(--panel);border:1px solid var(--line);border-radius:.5rem;padding:1rem}
footer{color:var(--soft);padding:2rem 1rem}
`;
