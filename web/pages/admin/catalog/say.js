import { speaker } from '../../../lib/speaker.js';
import texts from '../../../locales/admin/en/catalog.js';

export const say = speaker(texts);
