/** The checklist of a new organization, on the overview. */
export default {
  title: 'Get people into training',
  lead: 'Three steps, and your first link is ready to share.',
  done: 'Done',
  unit: 'Add a site and its training',
  unit_text: 'People in a group, site or region get its training modules.',
  unit_button: 'Add site',
  link: 'Create an access link',
  link_text: 'People register through it and get the groups, sites and regions you choose.',
  link_button: 'Create link',
  try: 'Try it yourself',
  try_text: 'Open the link, register with your own email address, and sign in from the email.',
  try_button: 'Go to the link',
};
