const systemFonts = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
const theme = { typography: { fontFamily: systemFonts, headings: { fontFamily: systemFonts } } }

window.Redoc.init('/openapi.json', { theme }, document.getElementById('api'))
