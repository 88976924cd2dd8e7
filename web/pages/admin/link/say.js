import { speaker } from '../../../lib/speaker.js';
import texts from '../../../locales/admin/en/link.js';

export const say = speaker(texts);
