/** What is wrong with a text for a character that does not show. */
export default {
  wrong_hidden_invisible: 'Jest tu niewidoczny znak, często po skopiowaniu. Wyczyść pole i wpisz tekst ręcznie.',
  wrong_hidden_direction: 'Jest tu znak, który zmienia kierunek tekstu. Wyczyść pole i wpisz tekst ręcznie.',
  wrong_hidden_control: 'Jest tu tabulator, koniec wiersza lub podobny znak. Wyczyść pole i wpisz tekst ręcznie.',
};
