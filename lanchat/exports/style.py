"""Owns how an exported page looks: paper, tea and lantern as in the client, light or dark as the reader's system is."""

STYLE = """
:root{color-scheme:light dark;--paper:#fdfbf6;--raised:#fffefb;--line:#e6dfd1;--ink:#2b2721;--soft:#6b6356;
--accent:#1c6a57;--tint:#e9f1ea;--mention:#a84c1a;--code:#f6f1e7}
@media (prefers-color-scheme:dark){:root{--paper:#211f1b;--raised:#2a2722;--line:#38342d;--ink:#ebe5d9;--soft:#a79e8f;
--accent:#74c4aa;--tint:#27312b;--mention:#e8a06a;--code:#1a1815}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/22px system-ui,"PingFang SC","Microsoft YaHei",
"Noto Sans CJK SC",sans-serif;overflow-wrap:anywhere}
main,header,footer{max-width:44rem;margin:0 auto;padding:0 16px}
header{padding-top:28px;padding-bottom:16px;border-bottom:1px solid var(--line)}
footer{padding-top:16px;padding-bottom:40px}
h1,h2,.voice{font-family:"Iowan Old Style",Charter,Georgia,"Songti SC","Noto Serif CJK SC",SimSun,serif}
h1{font-size:30px;line-height:36px;margin:0 0 8px}
h2{font-size:17px;line-height:24px;margin:28px 0 8px}
.soft,header p{color:var(--soft);font-size:13px;line-height:18px;margin:2px 0}
.day{display:flex;align-items:center;gap:12px;font-size:13px;font-weight:400;color:var(--soft);margin:28px 0 12px}
.day::before,.day::after{content:"";flex:1;border-top:1px solid var(--line)}
a{color:var(--accent)}
article{padding:2px 8px;margin:12px -8px 0;border-radius:10px}
article.same{margin-top:4px}
article:target{background:var(--tint);outline:2px solid var(--accent)}
.top{display:flex;flex-wrap:wrap;gap:0 8px;align-items:baseline}
.who{font-weight:600}
.at{color:var(--soft);font-size:12px;text-decoration:none;font-variant-numeric:tabular-nums}
.mark{color:var(--soft);font-size:12px}
.pin{color:var(--mention)}
article.line{color:var(--soft);font-size:13px;text-align:center}
.text>:first-child{margin-top:0}.text>:last-child{margin-bottom:0}
.typed{white-space:pre-wrap}.text p{margin:0 0 8px}
.text h1,.text h2,.text h3,.text h4,.text h5,.text h6{font:600 17px/24px inherit;margin:4px 0}
.text table{border-collapse:collapse;display:block;overflow-x:auto}.text td,.text th{border:1px solid var(--line);
padding:4px 8px}
blockquote{margin:4px 0;padding-inline-start:10px;border-inline-start:2px solid var(--accent);color:var(--soft)}
.quote{display:block;margin:2px 0;padding-inline-start:10px;border-inline-start:2px solid var(--accent);
color:var(--soft);font-size:13px;line-height:18px;text-decoration:none}
.quote b{color:var(--ink);font-weight:600}
pre{background:var(--code);border:1px solid var(--line);border-radius:6px;padding:8px 12px;overflow-x:auto;
font-size:13px;line-height:18px;overflow-wrap:normal}
code{font-family:ui-monospace,Consolas,monospace;background:var(--code);border-radius:4px;padding:0 3px}
pre code{padding:0}
.files{display:flex;flex-wrap:wrap;gap:8px;margin:4px 0}
.files img{display:block;max-width:100%;max-height:320px;width:auto;height:auto;border-radius:10px;
border:1px solid var(--line)}
.files.album a{flex:1 1 160px;max-width:240px}.files.album img{width:100%;height:160px;object-fit:cover}
.file{display:flex;gap:12px;align-items:baseline;border:1px solid var(--line);border-radius:10px;
padding:10px 14px;background:var(--raised);max-width:100%;text-decoration:none;color:var(--ink)}
.file .soft{white-space:nowrap}
.media{flex:1 0 100%;display:flex;flex-wrap:wrap;gap:8px;align-items:center}
audio,video{max-width:100%;max-height:320px}
.reactions{display:flex;flex-wrap:wrap;gap:6px;margin:4px 0;padding:0;list-style:none}
.reactions li{border:1px solid var(--line);border-radius:13px;padding:1px 9px;font-size:13px;background:var(--raised)}
nav{display:flex;flex-wrap:wrap;gap:8px 20px;align-items:baseline;padding:8px 0;font-size:13px}
ol.pages,ul.people{padding:0;list-style:none;margin:0}
ol.pages li,ul.people li{padding:8px 0;border-bottom:1px solid var(--line);display:flex;flex-wrap:wrap;gap:2px 12px;
justify-content:space-between}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:0}dt{color:var(--soft)}dd{margin:0}
@media print{article{break-inside:avoid}nav{display:none}}
"""
