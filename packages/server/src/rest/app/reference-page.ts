// The reference as a page: each operation with what it takes, needs and answers, and a call to copy. No script.

import type { OpenApi, Operation, Parameter } from './openapi.ts'
import { problemCodesOf } from './openapi.ts'
import { problemRows } from './problem.ts'
import { REFERENCE_STYLE } from './reference-style.ts'
import type { AppRoute } from './route.ts'
import { escaped, schemaHtml } from './schema-html.ts'

/** @param publicUrl of this server, for the calls to copy */
export function referencePage(
  api: OpenApi,
  routes: readonly AppRoute[],
  publicUrl: string,
): string {
  const groups = api.tags.map(({ name, description }) => ({
    name,
    description,
    routes: routes.filter(({ tag }) => tag === name),
  }))
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API of ${escaped(api.info.title)}</title>
<style>${REFERENCE_STYLE}</style>
</head>
<body>
<nav aria-label="Operations">
<a href="#top">API of ${escaped(api.info.title)}</a>
<label class="fold"><input type="checkbox"> All operations</label>
<div>
${groups.map(groupLinks).join('\n')}
<h2>Shapes</h2>
<ul>${Object.keys(api.components.schemas).map(shapeLink).join('')}</ul>
</div>
</nav>
<main id="top">
<h1>API of ${escaped(api.info.title)}</h1>
${markdown(api.info.description)}
<p>Everything is below <code>${escaped(publicUrl)}/api/v1</code>. For programs: <a href="openapi.json">openapi.json</a>.</p>
${groups
  .map(
    ({ name, description, routes: own }) =>
      `<section class="tag"><h2 id="tag-${name}">${escaped(name)}</h2>${markdown(description)}
${own.map((route) => article(api, route, publicUrl)).join('\n')}</section>`,
  )
  .join('\n')}
<section class="tag"><h2>Shapes</h2>
${Object.entries(api.components.schemas)
  .map(([name, schema]) => {
    const about = (schema as { description?: string }).description
    return `<article id="shape-${name}"><h3>${escaped(name)}</h3>${about ? markdown(about) : ''}${pre(schemaHtml(schema))}</article>`
  })
  .join('\n')}
</section>
</main>
</body>
</html>
`
}

type Group = { readonly name: string; readonly routes: readonly AppRoute[] }

function groupLinks({ name, routes }: Group): string {
  const links = routes.map(({ id, summary }) => `<li><a href="#${id}">${escaped(summary)}</a></li>`)
  return `<h2>${escaped(name)}</h2>\n<ul>${links.join('')}</ul>`
}

function shapeLink(name: string): string {
  return `<li><a href="#shape-${name}">${escaped(name)}</a></li>`
}

function article(api: OpenApi, route: AppRoute, publicUrl: string): string {
  const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
  const operation = api.paths[path]?.[route.method.toLowerCase()]
  if (operation === undefined) return ''
  const { summary, description, parameters = [], requestBody, responses } = operation
  return `<article id="${route.id}">
<h3>${escaped(summary)}</h3>
<p class="call"><span class="method">${route.method}</span> <code>/api/v1${escaped(path)}</code></p>
${markdown(description)}
${parameters.length === 0 ? '' : parameterTable(parameters)}
${requestBody === undefined ? '' : `<h4>Body</h4>${pre(schemaHtml(schemaIn(requestBody)))}`}
<h4>Example</h4>
${pre(escaped(curl(route, path, operation, publicUrl)))}
${Object.entries(responses)
  .filter(([status]) => Number(status) < 400)
  .map(([status, response]) => answer(status, response))
  .join('\n')}
${problemTable(route)}
</article>`
}

function parameterTable(parameters: readonly Parameter[]): string {
  const rows = parameters.map(
    ({ name, in: where, required, description = '', schema }) =>
      `<tr><td><code>${escaped(name)}</code></td><td>${where}${required ? '' : ', optional'}</td><td>${schemaHtml(schema)}</td><td>${inline(description)}</td></tr>`,
  )
  return `<h4>Parameters</h4>
<table><thead><tr><th>Name</th><th>In</th><th>Type</th><th>About</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}

function answer(status: string, response: Readonly<Record<string, unknown>>): string {
  const schema = schemaIn(response)
  const shape = schema === undefined ? '' : pre(schemaHtml(schema))
  return `<h4>Answer ${status}</h4>${markdown(String(response.description ?? ''))}${shape}`
}

function problemTable(route: AppRoute): string {
  const codes = problemCodesOf(route)
  if (codes.length === 0) return ''
  const rows = codes.map((code) => {
    const { status, title, when = '' } = problemRows[code]
    return `<tr><td>${status}</td><td><code>${code}</code></td><td>${escaped(title)}</td><td>${inline(when)}</td></tr>`
  })
  return `<h4>Problems</h4>
<table><thead><tr><th>Status</th><th>Code</th><th>Title</th><th>When</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}

/** The schema of the one content a body or answer has. */
function schemaIn(holder: Readonly<Record<string, unknown>>): unknown {
  const content = holder.content as Readonly<Record<string, { schema?: unknown }>> | undefined
  return Object.values(content ?? {})[0]?.schema
}

function curl(route: AppRoute, path: string, operation: Operation, publicUrl: string): string {
  const wanted = (operation.parameters ?? []).filter((each) => each.in === 'query' && each.required)
  const query = wanted.map(({ name }) => `${name}=…`).join('&')
  const lines = [`curl '${publicUrl}/api/v1${path}${query === '' ? '' : `?${query}`}'`]
  if (route.method !== 'GET') lines.push(`-X ${route.method}`)
  if (route.needs.who === 'session') lines.push("-H 'cookie: …'")
  else if (route.needs.who === 'own-page') lines.push(`-H 'origin: ${publicUrl}'`)
  else if (route.needs.who !== 'anyone') lines.push('-H "authorization: Bearer $SAYSO_KEY"')
  if (route.body !== undefined) {
    lines.push("-H 'content-type: application/json'")
    lines.push(`-d '${JSON.stringify(route.body.example).replaceAll("'", "'\\''")}'`)
  }
  return lines.join(' \\\n  ')
}

function pre(html: string): string {
  return `<pre tabindex="0"><code>${html}</code></pre>`
}

/** Paragraphs with code in backticks: all the Markdown that descriptions use. */
function markdown(text: string): string {
  return text
    .split('\n\n')
    .map((paragraph) => `<p>${inline(paragraph)}</p>`)
    .join('')
}

function inline(text: string): string {
  return escaped(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>')
}
