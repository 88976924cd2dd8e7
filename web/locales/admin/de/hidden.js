/** What is wrong with a text for a character that does not show. */
export default {
  wrong_hidden_invisible: 'Hier steht ein unsichtbares Zeichen. Das passiert oft beim Kopieren. Leeren Sie das Feld und geben Sie den Text von Hand ein.',
  wrong_hidden_direction: 'Hier steht ein Zeichen, das die Schreibrichtung ändert. Leeren Sie das Feld und geben Sie den Text von Hand ein.',
  wrong_hidden_control: 'Hier steht ein Tabulator, ein Zeilenumbruch oder Ähnliches. Leeren Sie das Feld und geben Sie den Text von Hand ein.',
};
