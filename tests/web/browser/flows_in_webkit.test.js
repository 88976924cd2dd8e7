import { WebKit } from './engines/webdriver.js';
import { flows } from './engines/flows.js';

flows('WebKit', () => WebKit.start());
