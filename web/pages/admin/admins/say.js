import { speaker } from '../../../lib/speaker.js';
import texts from '../../../locales/admin/en/admins.js';

export const say = speaker(texts);
