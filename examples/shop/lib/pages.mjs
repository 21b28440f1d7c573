// The shop's pages, made on the server: a shop that knows nothing of the chat but one line of script.

export const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><path d="M22 20h56c0 48-12 60-28 60S22 68 22 20Z" fill="#b0745a"/></svg>'

const CARAFE = 'M40 16h20l-3 26c14 6 18 16 18 26 0 12-10 16-25 16s-25-4-25-16c0-10 4-20 18-26Z'
const CUP =
  'M30 40h38v6h6c14 0 14 24-4 25-4 9-10 13-21 13-15 0-19-10-19-24Zm38 12v12c10 0 10-12 2-12Z'
const BOWL = 'M16 46h68c0 26-14 36-34 36S16 72 16 46Z'
const VASE = 'M42 14h16c0 14-2 18 6 26 12 12 6 44-6 44H42c-12 0-18-32-6-44 8-8 6-12 6-26Z'

const GOODS = [
  { id: 'carafe', name: 'Carafe, sand', cents: 6400, colour: '#c9a27e', shape: CARAFE },
  { id: 'cup', name: 'Cup, sea', cents: 1900, colour: '#6f8f94', shape: CUP },
  { id: 'bowl', name: 'Bowl, lichen', cents: 3200, colour: '#a9b08f', shape: BOWL },
  { id: 'vase', name: 'Vase, brick', cents: 8800, colour: '#b0745a', shape: VASE },
]

const picture = ({ colour, shape }) =>
  `<svg viewBox="0 0 100 100" aria-hidden="true"><path d="${shape}" fill="${colour}"/></svg>`

const escaped = (text) => String(text).replaceAll(/[&<>"']/g, (each) => `&#${each.codePointAt(0)};`)

const price = (cents) => `${(cents / 100).toFixed(0)} €`

/** @param identity token that says who is signed in; absent for guests */
function page({ title, body, customer, widget, saysoUrl, identity }) {
  const account =
    customer === undefined
      ? '<a href="/account">Sign in</a>'
      : `<a href="/account">${escaped(customer.name)}</a>`
  const proof = identity === undefined ? '' : ` data-identity="${escaped(identity)}"`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} · Terre</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">
<script async src="${escaped(saysoUrl)}/widget.js" data-widget="${escaped(widget.id)}" data-colour="#8a4b2f"${proof}></script>
</head>
<body>
<header><a class="brand" href="/">Terre</a><nav><a href="/">Tableware</a><a href="/studio">The studio</a>${account}</nav></header>
<main>${body}</main>
</body>
</html>`
}

export function homePage(given) {
  const goods = GOODS.map(
    (thing) =>
      `<a class="thing" href="/things/${thing.id}">${picture(thing)}<span>${thing.name}</span><span>${price(thing.cents)}</span></a>`,
  )
  return page({
    ...given,
    title: 'Stoneware',
    body: `<h1>Stoneware, fired on Thursdays</h1><p>Thrown in small batches by four people in Lyon. Everything goes in the dishwasher, and most of it survives children.</p><div class="things">${goods.join('')}</div>`,
  })
}

/** undefined if there is no such thing. */
export function thingPage(id, given) {
  const thing = GOODS.find((each) => each.id === id)
  if (thing === undefined) return undefined
  const { name, cents } = thing
  return page({
    ...given,
    title: name,
    body: `<div class="one"><div>${picture(thing)}</div><div><h1>${name}</h1><p>${price(cents)}. Made in Lyon, sent within two days. A question about it? Ask us at the lower right.</p><p><a href="/">Back to all</a></p></div></div>`,
  })
}

export function lostPage(given) {
  return page({
    ...given,
    title: 'Not found',
    body: '<h1>There is nothing here</h1><p>What was here may be sold out. <a href="/">To the shop</a></p>',
  })
}

export function studioPage(given) {
  return page({
    ...given,
    title: 'The studio',
    body: '<h1>The studio</h1><p>Four people, two wheels, one kiln. Come by on Saturdays from 10 to 16.</p>',
  })
}

/** @param problem why signing in did not work */
export function accountPage(given, orders, problem) {
  const { customer } = given
  const body =
    customer === undefined
      ? `<h1>Sign in</h1>${problem === undefined ? '' : `<p role="alert">${escaped(problem)}</p>`}<form method="post" action="/sign-in"><label>E-mail <input name="email" type="email" autocomplete="username" value="ines@example.com"></label><label>Password <input name="password" type="password" autocomplete="current-password"></label><button>Sign in</button></form>`
      : `<h1>${escaped(customer.name)}</h1><p>Customer since ${escaped(customer.since)}.</p><ul>${orders
          .map(({ id, what, state }) => `<li>${id}: ${escaped(what)}, ${escaped(state)}</li>`)
          .join('')}</ul><form method="post" action="/sign-out"><button>Sign out</button></form>`
  return page({ ...given, title: 'Account', body })
}

export const STYLE = `
body { margin: 0; background: #f3efe8; color: #2b2620; font: 16px/25px Georgia, serif; }
header { display: flex; justify-content: space-between; align-items: center; max-width: 1120px; margin: 0 auto; padding: 24px 32px; }
header nav { display: flex; gap: 28px; font-size: 14px; }
.brand { font-size: 24px; }
a { color: inherit; text-decoration: none; }
main a:not(.thing), nav a:hover { text-decoration: underline; text-underline-offset: 4px; }
main { max-width: 1120px; margin: 0 auto; padding: 24px 32px 120px; }
h1 { font-weight: 400; font-size: 46px; line-height: 54px; max-width: 14ch; }
p { max-width: 48ch; }
.things { display: grid; grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); gap: 24px; margin-top: 40px; }
.thing { display: grid; grid-template-columns: 1fr auto; gap: 8px; font-size: 14px; }
.thing svg { grid-column: 1 / -1; }
.one { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr)); gap: 16px 48px; max-width: 880px; }
svg { display: block; background: #e6e1d8; border-radius: 4px; width: 100%; }
form { display: grid; gap: 14px; max-width: 320px; margin-top: 20px; }
label { display: grid; gap: 4px; font-size: 14px; }
input, button { font: inherit; padding: 8px 10px; border: 1px solid #8b8275; border-radius: 4px; background: #fff; color: inherit; }
button { background: #2b2620; color: #fff; cursor: pointer; }
@media (prefers-color-scheme: dark) { body { background: #1d1a17; color: #ece5da; } svg { background: #2a2622; } input { background: #14110f; } button { background: #ece5da; color: #1d1a17; } }
@media (max-width: 640px) { header, main { padding-inline: 16px; } header nav { gap: 16px; } h1 { font-size: 34px; line-height: 42px; } }
`
