import { Firefox } from './engines/bidi.js';
import { flows } from './engines/flows.js';

flows('Firefox', () => Firefox.start());
