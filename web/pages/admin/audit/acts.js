/** Every act that the audit log tells of, by what it is done to. */

/** @type {readonly (readonly [import('../../../calls/audit.js').SubjectKind, readonly string[]])[]} */
export const ACTS = [
  ['link', ['link_created', 'link_duplicated', 'link_edited', 'link_regenerated', 'link_deleted']],
  [
    'member',
    [
      'access_granted',
      'access_revoked',
      'access_restored',
      'access_refused',
      'enrollment_removed',
      'allocation_ended',
      'login_resent',
      'suppression_cleared',
      'member_imported',
      'member_edited',
      'address_corrected',
      'member_erased',
      'admin_added',
      'admin_removed',
    ],
  ],
  ['job', ['grants_ordered', 'import_ordered', 'import_checked', 'job_cancelled']],
  ['unit', ['unit_put', 'unit_deleted']],
  ['module', ['module_put', 'module_deleted']],
  ['api_key', ['api_key_created', 'api_key_revoked']],
  ['webhook', ['webhook_created', 'webhook_edited', 'webhook_secret_rotated', 'webhook_deleted']],
  ['organization', ['organization_created', 'organization_edited', 'organization_closed']],
];
