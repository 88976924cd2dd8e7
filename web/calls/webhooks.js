import { call, remove } from '../api.js';
import { query } from './links.js';

/** All types of events that there are. */
export const EVENTS = /** @type {const} */ ([
  'link.created',
  'link.updated',
  'link.code_replaced',
  'link.deleted',
  'enrollment.reserved',
  'enrollment.pending',
  'enrollment.waiting',
  'enrollment.enrolled',
  'enrollment.lapsed',
  'enrollment.removed',
  'enrollment.moved',
  'access.granted',
  'access.revoked',
  'access.restored',
  'member.corrected',
  'member.erased',
]);

/** @typedef {typeof EVENTS[number]} EventType */

/**
 * @typedef {object} Webhook
 * @property {string} id
 * @property {string} url
 * @property {string | null} description
 * @property {EventType[] | null} events nothing for all
 * @property {'active' | 'inactive'} state
 * @property {'failing' | 'gone' | null} reason why it is inactive where no admin said so
 * @property {number} version
 * @property {string | null} failing_since
 * @property {string} created_at
 * @property {string} created_by
 */

/** @typedef {Webhook & { secret?: string }} WebhookWithSecret the secret is told once */
/** @typedef {{ url: string, description: string | null, events: EventType[] | null }} Terms */
/** @typedef {'open' | 'delivered' | 'failed'} DeliveryFilter */

/**
 * @typedef {object} Delivery
 * @property {string} id
 * @property {EventType | 'webhook.ping'} type
 * @property {'queued' | 'sending' | 'waiting' | 'delivered' | 'failed'} state
 * @property {number} attempts
 * @property {string} created_at
 * @property {string | null} next_attempt_at
 * @property {{ at: string, status: number | null, reason: string | null } | null} last_attempt
 */

/** @type {() => Promise<{ webhooks: Webhook[] }>} */
export const listWebhooks = () => call('GET', '/v1/webhooks');

/** @type {(id: string) => Promise<Webhook>} */
export const getWebhook = (id) => call('GET', `/v1/webhooks/${id}`);

/** @type {(terms: Terms, key: string) => Promise<WebhookWithSecret>} */
export const createWebhook = (terms, key) => call('POST', '/v1/webhooks', terms, { key });

/** @type {(webhook: { id: string, version: number }, change: Partial<Terms & { state: 'active' | 'inactive' }>) => Promise<Webhook>} */
export const updateWebhook = ({ id, version }, change) => call('PATCH', `/v1/webhooks/${id}`, { version, ...change });

/** @type {(id: string) => Promise<void>} */
export const deleteWebhook = (id) => remove(`/v1/webhooks/${id}`);

/** @type {(id: string) => Promise<WebhookWithSecret>} */
export const rotateSecret = (id) => call('POST', `/v1/webhooks/${id}/secret`);

/** @type {(id: string) => Promise<Delivery>} */
export const pingWebhook = (id) => call('POST', `/v1/webhooks/${id}/pings`);

/** @type {(id: string, state: DeliveryFilter | '', cursor?: string) => Promise<{ deliveries: Delivery[], next: string | null }>} */
export const listDeliveries = (id, state, cursor) => call('GET', `/v1/webhooks/${id}/deliveries${query({ state, cursor })}`);

/** @type {(webhook: string, delivery: string) => Promise<Delivery>} */
export const redeliver = (webhook, delivery) => call('POST', `/v1/webhooks/${webhook}/deliveries/${delivery}/redeliveries`);
