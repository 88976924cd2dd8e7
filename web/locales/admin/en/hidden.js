/** What is wrong with a text for a character that does not show. */
export default {
  wrong_hidden_invisible: 'This contains an invisible character, often from copying. Delete everything and type it by hand.',
  wrong_hidden_direction: 'This contains a character that changes the writing direction. Delete everything and type it by hand.',
  wrong_hidden_control: 'This contains a tab, a line break or a similar character. Delete everything and type it by hand.',
};
