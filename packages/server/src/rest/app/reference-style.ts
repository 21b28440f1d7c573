// The style of the reference page: the house's colours, light and dark as the system says. One text, so that the page's
// content security policy can name its hash.

export const REFERENCE_STYLE = `
:root {
  color-scheme: light dark;
  --desk: light-dark(oklch(0.958 0.006 205), oklch(0.178 0.012 222));
  --surface: light-dark(oklch(0.996 0.001 205), oklch(0.216 0.013 222));
  --sunk: light-dark(oklch(0.973 0.004 205), oklch(0.192 0.012 222));
  --line: light-dark(oklch(0.905 0.008 210), oklch(0.3 0.015 222));
  --ink: light-dark(oklch(0.245 0.022 225), oklch(0.945 0.006 205));
  --ink-2: light-dark(oklch(0.425 0.022 222), oklch(0.79 0.012 212));
  --accent: light-dark(oklch(0.44 0.083 221), oklch(0.825 0.085 203));
  --soft: light-dark(oklch(0.942 0.022 210), oklch(0.3 0.035 218));
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0; background: var(--desk); color: var(--ink); line-height: 1.5;
  font: 1rem/1.5 system-ui, sans-serif;
  display: grid; grid-template-columns: 18rem minmax(0, 1fr);
}
a { color: var(--accent); }
a:focus-visible, summary:focus-visible, pre:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.5rem; }
nav .fold { display: none; }
nav h2 { font-size: 0.875rem; margin: 1.25rem 0 0.25rem; color: var(--ink-2); }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li a { display: block; padding: 0.25rem 0; text-decoration: none; font-size: 0.875rem; }
nav li a:hover { text-decoration: underline; }
main { padding: 2rem; background: var(--surface); min-height: 100vh; }
main > * { max-width: 60rem; }
h1 { margin: 0 0 0.5rem; font-size: 1.75rem; }
section.tag > h2 { margin: 3rem 0 0; font-size: 1.375rem; }
article { margin: 2rem 0; padding-top: 1.5rem; border-top: 1px solid var(--line); }
h3 { margin: 0; font-size: 1.125rem; }
h4 { margin: 1.25rem 0 0.5rem; font-size: 0.9375rem; }
p { margin: 0.5rem 0; }
code, pre { font: 0.875rem/1.5 ui-monospace, monospace; }
.call { margin: 0.5rem 0; overflow-wrap: anywhere; }
.method { font-weight: 700; padding: 0.125rem 0.5rem; border-radius: 0.375rem; background: var(--soft); color: var(--accent); }
pre { margin: 0.5rem 0; padding: 0.75rem 1rem; overflow-x: auto; background: var(--sunk); border: 1px solid var(--line); border-radius: 0.5rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.9375rem; }
th, td { text-align: left; vertical-align: top; padding: 0.375rem 0.75rem 0.375rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; color: var(--ink-2); }
td { overflow-wrap: anywhere; }
.needs { color: var(--ink-2); }
@media (max-width: 50rem) {
  body { display: block; }
  nav { position: static; height: auto; padding: 1rem; }
  main { padding: 1rem; }
  nav li a { padding: 0.5rem 0; }
  nav .fold { display: block; padding: 0.75rem 0; }
  nav .fold:not(:has(:checked)) + div { display: none; }
}
`
