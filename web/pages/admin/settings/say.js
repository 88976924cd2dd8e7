import { speaker } from '../../../lib/speaker.js';
import texts from '../../../locales/admin/en/settings.js';

export const say = speaker(texts);
