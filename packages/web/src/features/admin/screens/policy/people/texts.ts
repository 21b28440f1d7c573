import { words } from '../../../../../ui/words.ts'

export const texts = words('admin.policy.people', {
  about:
    'What is known of people beyond their name: rules read it as subject.…, and the form on a person’s page is drawn from it. Once anything is declared, other attributes are refused.',
  empty: 'Nothing is declared: any attribute is taken.',
  add: 'Declare an attribute…',
  columns: {
    name: 'Attribute',
    type: 'Type',
    about: 'What it is',
    values: 'Values',
    by: 'Set by',
  },
  types: {
    string: 'Text',
    bool: 'Yes or no',
    int: 'Whole number',
    double: 'Number',
    list: 'List',
    map: 'Object',
    any: 'Anything',
  },
  setBy: { people: 'Whoever manages people', keys: 'Only API keys' },
  newTitle: 'Declare an attribute of people',
  editTitle: (name: string) => `The attribute ${name}`,
  name: 'Name',
  nameHint: 'As rules write it: letters, digits, _ and -.',
  nameWrong: 'A name begins with a letter or digit and has letters, digits, _ and - only.',
  nameTaken: 'There is one of this name.',
  title: 'Title on the form (optional)',
  what: 'What it is (optional)',
  values: 'Only these values, one a line (optional)',
  valueWrong: (value: string) => `“${value}” is not of this type.`,
  save: 'Into the draft',
  open: (name: string) => `Change ${name}`,
  remove: 'Take it out of the policy',
  removeHint: 'What people have of it stays until it is changed.',
})
