import { speaker } from '../../../lib/speaker.js';
import texts from '../../../locales/admin/en/members.js';

export const say = speaker(texts);
