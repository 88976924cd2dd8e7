import { everyPage } from './every_page.js';
import { System } from './system.js';

everyPage('the demo', () => System.start({ demo: true }));
