import './settings.css'

export { SettingsScreen } from './settings-screen.tsx'
