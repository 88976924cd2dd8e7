import { everyPage } from './every_page.js';
import { tenThousand } from './stock.js';
import { System } from './system.js';

everyPage('ten thousand people', async () => tenThousand(await System.start()));
