import type { texts } from './texts.ts'

export const policyPeopleTextsDe: typeof texts = {
  about:
    'Was man von Leuten außer dem Namen weiß: Regeln lesen es als subject.…, und das Formular auf der Seite einer Person entsteht daraus. Ist etwas festgelegt, werden andere Merkmale abgelehnt.',
  empty: 'Nichts ist festgelegt: Jedes Merkmal wird genommen.',
  add: 'Merkmal festlegen …',
  columns: {
    name: 'Merkmal',
    type: 'Art',
    about: 'Was es ist',
    values: 'Werte',
    by: 'Gesetzt von',
  },
  types: {
    string: 'Text',
    bool: 'Ja oder nein',
    int: 'Ganze Zahl',
    double: 'Zahl',
    list: 'Liste',
    map: 'Objekt',
    any: 'Alles',
  },
  setBy: { people: 'Wer Leute verwaltet', keys: 'Nur API-Schlüssel' },
  newTitle: 'Ein Merkmal von Leuten festlegen',
  editTitle: (name) => `Das Merkmal ${name}`,
  name: 'Name',
  nameHint: 'Wie Regeln es schreiben: Buchstaben, Ziffern, _ und -.',
  nameWrong: 'Ein Name beginnt mit Buchstabe oder Ziffer und hat nur Buchstaben, Ziffern, _ und -.',
  nameTaken: 'Eines dieses Namens gibt es.',
  title: 'Titel im Formular (freiwillig)',
  what: 'Was es ist (freiwillig)',
  values: 'Nur diese Werte, einer je Zeile (freiwillig)',
  valueWrong: (value) => `„${value}“ ist nicht von dieser Art.`,
  save: 'In den Entwurf',
  open: (name) => `${name} ändern`,
  remove: 'aus der Policy nehmen',
  removeHint: 'Was Leute davon haben, bleibt, bis man es ändert.',
}
