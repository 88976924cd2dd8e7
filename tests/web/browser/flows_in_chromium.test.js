import { Chromium } from './engines/chromium.js';
import { flows } from './engines/flows.js';

flows('Chromium', () => Chromium.start());
