import type { privacyTexts } from './privacy-texts.ts'

export const privacyTextsDe: typeof privacyTexts = {
  blocked: {
    title: 'Blockierte Personen',
    about:
      'Sie können dir keine Direktnachrichten schreiben und du ihnen auch nicht. Blockiert wird auf der Karte einer Person oder im Menü neben ihrem Namen.',
    none: 'Du hast niemanden blockiert.',
    end: 'Nicht mehr blockieren',
    ended: (name) => `${name} ist nicht mehr blockiert.`,
  },
  export: {
    title: 'Deine Daten mitnehmen',
    about:
      'Ein Archiv mit deinem Profil, deinen Sitzungen und Rollen, deinen Nachrichten in jeder Fassung, deinen Reaktionen, Entwürfen und Dateien und dem, was das Prüfprotokoll über dich sagt.',
    start: 'Meine Daten exportieren',
    running: (soFar: string): string => `Wird geholt, bisher ${soFar}`,
    stop: 'Anhalten',
    done: (size: string): string => `Gespeichert, ${size}.`,
    failed:
      'Das Archiv konnte nicht bis zum Ende geholt werden. Prüfe die Verbindung und versuche es noch einmal.',
  },
  erase: {
    title: 'Dein Konto löschen',
    about:
      'Das gilt sofort und lässt sich nicht rückgängig machen. Du wirst überall abgemeldet; deine Rollen, Anfragen, Einladungen, Reaktionen, Entwürfe, Einstellungen und nicht gesendeten Dateien sind weg.',
    messages: 'Was aus deinen Nachrichten wird',
    keep: 'Stehen lassen, ohne meinen Namen',
    delete: 'Alle löschen, mit den Dateien darin',
    keepHint: 'Andere lesen sie weiter, unter „Gelöschte Person“.',
    deleteHint: 'Unterhaltungen behalten eine Spur dort, wo sie standen.',
    confirmName: (name: string): string => `Gib zur Bestätigung deinen Namen ein: ${name}`,
    nameWrong: 'Das ist nicht dein Name, wie er oben steht.',
    password: 'Dein Passwort',
    submit: 'Mein Konto löschen',
    running: 'Dein Konto wird gelöscht',
    wrongPassword: 'Das ist nicht dein Passwort.',
    signInAgain:
      'Dein Konto hat kein Passwort. Melde dich ab und wieder an und komm innerhalb von zehn Minuten hierher zurück.',
    lastOwner:
      'Dieser Ort hat sonst niemanden, dem er gehört. Gib zuerst jemand anderem die Rolle.',
    usersFile:
      'Dein Konto steht in der Benutzerdatei dieses Servers. Wer ihn betreibt, nimmt dich dort heraus.',
  },
}
