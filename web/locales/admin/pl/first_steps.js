/** The checklist of a new organization, on the overview. */
export default {
  title: 'Zaproś pracowników na szkolenia',
  lead: 'Trzy kroki i pierwszy link jest gotowy do udostępnienia.',
  done: 'Gotowe',
  unit: 'Dodaj lokalizację i jej szkolenia',
  unit_text: 'Lokalizacja to miejsce pracy. Każdy w lokalizacji dostaje jej moduły szkoleniowe. Grupy (zespoły) i regiony (obszary) działają tak samo.',
  unit_button: 'Dodaj lokalizację',
  training: 'Dodaj szkolenia: {name}',
  training_text: 'Nie ma tu jeszcze modułów szkoleniowych: kto dołączy, nie dostanie żadnych szkoleń. Wybierz je lub utwórz.',
  training_button: 'Dodaj szkolenia',
  link: 'Utwórz link dostępu',
  link_text: 'Osoby, które się przez niego zarejestrują, dostaną wybrane grupy, lokalizacje i regiony.',
  link_button: 'Utwórz link',
  try: 'Wypróbuj go',
  try_text: 'Otwórz link na telefonie lub w oknie prywatnym, zarejestruj się własnym adresem e-mail i zaloguj się z e-maila.',
  try_button: 'Przejdź do linku',
};
