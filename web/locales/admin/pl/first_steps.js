/** The checklist of a new organization, on the overview. */
export default {
  title: 'Zaproś pracowników na szkolenia',
  lead: 'Trzy kroki i pierwszy link jest gotowy do udostępnienia.',
  done: 'Gotowe',
  unit: 'Dodaj lokalizację i jej szkolenia',
  unit_text: 'Osoby w grupie, lokalizacji lub regionie dostają ich moduły szkoleniowe.',
  unit_button: 'Dodaj lokalizację',
  link: 'Utwórz link dostępu',
  link_text: 'Osoby, które się przez niego zarejestrują, dostaną wybrane grupy, lokalizacje i regiony.',
  link_button: 'Utwórz link',
  try: 'Wypróbuj go',
  try_text: 'Otwórz link, zarejestruj się własnym adresem e-mail i zaloguj się z e-maila.',
  try_button: 'Przejdź do linku',
};
