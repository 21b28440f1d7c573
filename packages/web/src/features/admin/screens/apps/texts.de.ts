import type { texts } from './texts.ts'

export const appTextsDe: typeof texts = {
  tabs: { apps: 'Apps', tenants: 'Mandanten' },
  name: 'Name',
  id: 'Kennung',
  idHint: 'Des Mandanten, in Rechten: tenant:acme. Sie ändert sich nicht.',
  project: 'Projekt',
  environment: 'Umgebung',
  made: 'Gemacht',
  about:
    'Jede App hat ein eigenes Log, Regelwerk, eigene Personen, Schlüssel und ein eigenes Protokoll. Angemeldet wird man mit der Haupt-App.',
  open: 'Diese App ansehen',
  current: 'Wird angesehen',
  create: 'Neue App',
  createTitle: 'Eine neue App',
  createText:
    'Sie beginnt mit dem Regelwerk jeder neuen App und einem Schlüssel mit allen Rechten.',
  optional: 'Freiwillig',
  madeIt: (name) => `${name} ist gemacht`,
  secretTitle: (name) => `Der erste Schlüssel von ${name}`,
  secretText: 'Er hat in der App jedes Recht und wird dieses eine Mal gezeigt.',
  secretLabel: 'Schlüssel mit Geheimnis',
  rename: 'Ändern',
  renameTitle: (name) => `${name} ändern`,
  renamed: (name) => `Sie heißt jetzt ${name}`,
  remove: 'Entfernen',
  removeTitle: (name) => `${name} mit allem darin entfernen?`,
  removeText:
    'Ihre Verbindungen enden sofort, und ihre Nachrichten, Personen, Schlüssel und ihr Protokoll lassen sich nicht mehr lesen. Nichts als eine Sicherung bringt sie zurück.',
  removed: (name) => `${name} ist entfernt`,
  empty:
    'Es gibt eine App: die Haupt-App. Eine weitere hält alles getrennt, etwa zum Ausprobieren.',
  nameMissing: 'Sag, wie sie heißt.',
  tenant: 'Mandant',
  createTenant: 'Neuer Mandant',
  createTenantTitle: 'Ein neuer Mandant',
  createTenantText:
    'Alle Mandanten teilen die Mandantenrollen des Regelwerks. Wer ihn führen soll, bekommt eine Rolle darauf.',
  editTenantTitle: (name) => `${name} ändern`,
  tenantTitle: 'Titel',
  attributes: 'Attribute, als JSON',
  attributesHint: 'Was Regeln vom Mandanten lesen können.',
  attributesWrong: 'Das ist kein JSON-Objekt.',
  attributesOf: 'Attribute',
  own: 'Vom Regelwerk',
  saved: (name) => `${name} ist gespeichert`,
  removeTenantTitle: (name) => `${name} mit allem darin entfernen?`,
  removeTenantText:
    'Die Kanäle und Ressourcen darin gehen mit, samt allen Rollen und Beziehungen. Nachrichten bleiben im Log, und niemand kann sie lesen.',
  ownStays: 'Der Mandant des Regelwerks bleibt.',
  emptyTenants: 'Es gibt keinen Mandanten.',
  switch: 'Ansehen',
}
