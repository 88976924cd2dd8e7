/** What is wrong with a text for a character that does not show. */
export default {
  wrong_hidden_invisible: 'Hay un carácter invisible, quizá por copiar y pegar. Borre el campo y escriba el texto a mano.',
  wrong_hidden_direction: 'Hay un carácter que cambia la dirección del texto. Borre el campo y escriba el texto a mano.',
  wrong_hidden_control: 'Hay un tabulador, un salto de línea o algo parecido. Borre el campo y escriba el texto a mano.',
};
