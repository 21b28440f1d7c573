// The widget as a package, for pages that are bundled. `<script async src="…/widget.js" data-widget="…">` does the same.

export { mount, type Widget, type WidgetOptions } from './loader/mount.ts'
export type { Attributes, EventDetail, EventName, Look } from './shared/messages.ts'
