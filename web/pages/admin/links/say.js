import { speaker } from '../../../lib/speaker.js';
import texts from '../../../locales/admin/en/links.js';

export const say = speaker(texts);
