/** What is wrong with a text for a character that does not show. */
export default {
  wrong_hidden_invisible: 'There is a character in this that cannot be seen, often from copying. Delete it all and type it by hand.',
  wrong_hidden_direction: 'There is a character in this that changes the direction of writing. Delete it all and type it by hand.',
  wrong_hidden_control: 'There is a tab, a line break or the like in this. Delete it all and type it by hand.',
};
