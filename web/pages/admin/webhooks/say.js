import { speaker } from '../../../lib/speaker.js';
import texts from '../../../locales/admin/en/webhooks.js';

export const say = speaker(texts);
