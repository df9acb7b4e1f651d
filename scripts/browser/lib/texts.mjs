// The texts of the pages as the program has them, so that a test can name what
// it presses by the key of its text and run in any language.
import { readdirSync, readFileSync } from 'node:fs';

export const languages = ['ar', 'en', 'es', 'fr', 'ru', 'zh'];

const folder = new URL('../../../i18n/messages/', import.meta.url);

const texts = Object.fromEntries(languages.map((language) => [language, Object.assign({},
  ...readdirSync(folder).filter((name) => name.endsWith(`.${language}.json`)).map((name) => JSON.parse(readFileSync(new URL(name, folder)))))]));

// text is what a key says in a language.
export function text(language, key) {
  const found = texts[language][key];
  if (typeof found !== 'string') throw new Error(`there is no plain text ${key} in ${language}`);
  return found;
}
