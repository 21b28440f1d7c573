export { type Options, type Running, start } from './main.ts'
export { readSettings, type Settings, SettingsInvalid } from './settings.ts'
