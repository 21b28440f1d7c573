import type { texts } from './texts.ts'

export const loginTextsDe: typeof texts = {
  signIn: 'Anmelden',
  signUp: 'Konto anlegen',
  pickUp: 'Melde dich an, um das Gespräch fortzusetzen.',
  joinIn: 'Lege ein Konto an, um mitzureden.',
  invited: 'Du bist eingeladen. Lege ein Konto an, um mitzureden.',
  noAccount:
    'Kein Konto? Frag die Person, die diesen Server betreibt, oder öffne die Einladung, die du bekommen hast.',
  newHere: 'Neu hier?',
  haveOne: 'Du hast ein Konto?',
  orWithEmail: 'oder mit E-Mail',
  continueWith: (provider) => `Weiter mit ${provider}`,
  forgot: 'Passwort vergessen?',
  forgotTitle: 'Neues Passwort wählen',
  forgotText: 'Nenne die E-Mail-Adresse deines Kontos. Wir schicken einen Link dorthin.',
  forgotSend: 'Link schicken',
  noMailTitle: 'Frag, wer diesen Server betreibt',
  noMailText:
    'Dieser Server verschickt keine Mails. Wer ihn betreibt, kann dir einen Link machen, mit dem du ein neues Passwort wählst.',
  checkTitle: 'Sieh in deine Mails',
  checkReset: (email) =>
    `Falls ${email} hier ein Konto hat, ist ein Link unterwegs. Er gilt einmal, 30 Minuten lang.`,
  checkConfirm: (email) =>
    `Wir haben einen Link an ${email} geschickt. Öffne ihn, um die Adresse zu bestätigen; dann melde dich an.`,
  checkAgain: 'Nichts gekommen? Sieh bei den unerwünschten Mails nach, oder',
  sendAgain: 'schick ihn noch einmal',
  sentAgain: 'Noch einmal geschickt.',
  backToSignIn: 'Zurück zur Anmeldung',
  resetTitle: 'Neues Passwort wählen',
  resetText: 'Es gilt sofort, und jedes andere Gerät wird abgemeldet.',
  resetSave: 'Neues Passwort speichern',
  newPassword: 'Neues Passwort',
  resetDone: 'Dein Passwort ist geändert',
  resetDoneText: 'Jedes andere Gerät ist abgemeldet. Melde dich mit dem neuen an.',
  linkEnded: 'Dieser Link gilt nicht mehr',
  linkEndedText: 'Er wurde schon benutzt, oder seine Zeit ist um. Fordere einen neuen an.',
  newLink: 'Neuen Link anfordern',
  linkPart: 'Die Adresse ist nicht vollständig',
  linkPartText: 'Öffne den ganzen Link aus der Mail, bis zum letzten Zeichen.',
  confirming: 'Einen Augenblick',
  confirmed: 'Deine E-Mail-Adresse ist bestätigt',
  confirmedText: 'Was darauf gewartet hat, steht dir jetzt offen, in jedem Fenster.',
  goOn: 'Weiter',
  name: 'Dein Name',
  email: 'E-Mail',
  password: 'Passwort',
  emailOrName: 'E-Mail oder Name',
  providerClosed:
    'Dieser Weg ist gerade nicht offen. Versuch es noch einmal, oder nimm einen anderen.',
  refusals: {
    invalid_email_or_password:
      'E-Mail und Passwort passen nicht zusammen. Prüfe beides, oder bitte um eine Einladung.',
    invalid_email: 'Das ist keine E-Mail-Adresse. Sie sieht aus wie name@ort.example.',
    user_already_exists: 'Mit dieser E-Mail gibt es schon ein Konto. Melde dich damit an.',
    password_too_short: 'Zu kurz: 12 Zeichen oder mehr.',
    password_too_long: 'Zu lang: höchstens 128 Zeichen.',
    email_not_verified:
      'Bestätige zuerst deine E-Mail: Öffne den Link in der Nachricht, die wir dir geschickt haben.',
    invalid_token: 'Dieser Link gilt nicht mehr. Bitte um einen neuen.',
    not_reached:
      'Der Server wurde nicht erreicht. Prüfe die Verbindung und versuch es noch einmal.',
    unexpected: 'Hier ist etwas schiefgegangen. Versuch es noch einmal.',
    too_often: 'Zu viele Versuche. Warte eine Minute, dann versuch es noch einmal.',
  },
  strength: {
    rule: (least) => `${least} Zeichen oder mehr; Einfügen ist willkommen.`,
    missing: (count) => `Noch ${count} Zeichen.`,
    tooLong: (most) => `Höchstens ${most} Zeichen.`,
    bars: ['Schwach', 'Mittel', 'Stark', 'Sehr stark'],
  },
  confirmFirst: 'Ist die Mail verloren gegangen?',
  invitedBy: (name) => `${name} lädt dich ein mitzureden.`,
  invitationOver: {
    used: 'Diese Einladung wurde schon benutzt. Melde dich an, oder bitte um eine neue.',
    revoked: 'Diese Einladung wurde zurückgenommen. Frag, wer sie geschickt hat.',
    ended: 'Diese Einladung ist abgelaufen. Bitte um eine neue.',
  },
  ownerTitle: 'Werde Eigentümer',
  ownerText:
    'Dieser Server gehört noch niemandem. Der Einrichtungslink gilt einmal und schließt sich, wenn du fertig bist.',
  ownerNote:
    'Alle anderen beginnen mit den Rollen, die deine Regeln bei der Anmeldung geben. Du kannst das jederzeit ändern, und es wirkt sofort.',
  become: 'Eigentümer werden',
  firstRun: 'Erster Start, geöffnet über den Einrichtungslink',
  linkOver: 'Dieser Link gilt nicht mehr',
  linkOverText:
    'Er wurde benutzt, oder seine Zeit ist um. Der Server zeigt einen neuen, wenn er ohne Eigentümer startet.',
  noToken: 'Die Adresse ist nicht vollständig',
  noTokenText:
    'Öffne den ganzen Link, den der Server beim Start gezeigt hat, bis zum letzten Zeichen.',
}
