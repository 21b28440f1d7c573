// Whether a text can be an e-mail address; whether there is somebody behind it only a mail can tell.

export const isEmail = (text: string): boolean =>
  /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(text.trim())
