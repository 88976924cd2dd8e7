import { speaker } from '../../../lib/speaker.js';
import texts from '../../../locales/admin/en/mail_trouble.js';

export const say = speaker(texts);
