/** The checklist of a new organization, on the overview. */
export default {
  title: 'Get people into training',
  lead: 'Three steps, and your first link is ready to share.',
  done: 'Done',
  unit: 'Add a site and its training',
  unit_text: 'A site is a place where people work. Everyone at a site gets its training modules. Groups (teams) and regions (areas) work the same way.',
  unit_button: 'Add site',
  training: 'Add training to {name}',
  training_text: 'It has no training modules yet, so people who join get no training. Choose or create some.',
  training_button: 'Add training',
  link: 'Create an access link',
  link_text: 'People register through it and get the groups, sites and regions you choose.',
  link_button: 'Create link',
  try: 'Try it yourself',
  try_text: 'Open the link on your phone or in a private window, register with your own email address, and sign in from the email.',
  try_button: 'Go to the link',
};
