import { everyPage } from './every_page.js';
import { System } from './system.js';

everyPage('nothing at all', () => System.start({ empty: true }));
