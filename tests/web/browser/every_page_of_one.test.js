import { everyPage } from './every_page.js';
import { oneOfEach } from './stock.js';
import { System } from './system.js';

everyPage('one of each thing', async () => oneOfEach(await System.start({ empty: true })));
