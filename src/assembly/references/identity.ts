import { global, regional, type ReferenceTable } from './reference';

/** Lists the resource types for identities, permissions, keys and secrets. */
export const IDENTITY: ReferenceTable = {
  // A path starts and ends with a slash.
  'AWS::IAM::Role': {
    name: 'RoleName',
    maxLength: 64,
    arn: global('iam', 'role{prop:Path|/}{name}'),
    attributes: { RoleId: 'AROA{upper:17}' },
  },
  'AWS::IAM::User': { name: 'UserName', maxLength: 64, arn: global('iam', 'user{prop:Path|/}{name}') },
  'AWS::IAM::Group': { name: 'GroupName', maxLength: 128, arn: global('iam', 'group{prop:Path|/}{name}') },
  'AWS::IAM::InstanceProfile': {
    name: 'InstanceProfileName',
    maxLength: 128,
    arn: global('iam', 'instance-profile{prop:Path|/}{name}'),
  },
  'AWS::IAM::ManagedPolicy': {
    name: 'ManagedPolicyName',
    maxLength: 128,
    arn: global('iam', 'policy{prop:Path|/}{name}'),
    ref: '{arn}',
    attributes: { PolicyArn: '{arn}', PolicyId: 'ANPA{upper:17}' },
  },
  // Inline policies: `Ref` is an ID that no other property uses, not PolicyName.
  'AWS::IAM::Policy': { maxLength: 128, attributes: { Id: '{name}' } },
  'AWS::IAM::RolePolicy': { name: 'PolicyName', ref: '{unknown}' },
  'AWS::IAM::UserPolicy': { name: 'PolicyName', ref: '{unknown}' },
  'AWS::IAM::GroupPolicy': { name: 'PolicyName', ref: '{unknown}' },
  'AWS::IAM::OIDCProvider': { arn: global('iam', 'oidc-provider/{tailOf:Url}'), ref: '{arn}' },
  'AWS::IAM::SAMLProvider': { name: 'Name', arn: global('iam', 'saml-provider/{name}'), ref: '{arn}' },
  'AWS::IAM::AccessKey': { placeholders: 'AKIA{upper:16}' },

  // The ID of a multi-Region key starts with 'mrk-', which no pattern for key IDs depends on.
  'AWS::KMS::Key': { placeholders: 'uuid', arn: regional('kms', 'key/{name}'), attributes: { KeyId: '{name}' } },
  // A replica has the ID of its primary key.
  'AWS::KMS::ReplicaKey': {
    arn: regional('kms', 'key/{tailOf:PrimaryKeyArn}'),
    ref: '{tailOf:PrimaryKeyArn}',
    attributes: { KeyId: '{tailOf:PrimaryKeyArn}' },
  },
  // The name contains the prefix 'alias/'.
  'AWS::KMS::Alias': { name: 'AliasName', arn: regional('kms', '{name}') },

  'AWS::SecretsManager::Secret': {
    name: 'Name',
    placeholders: '{logicalId}-{hash}',
    maxLength: 512,
    arn: regional('secretsmanager', 'secret:{name}-{mixed:6}'),
    ref: '{arn}',
    attributes: { Id: '{arn}' },
  },
  // SecretId may be a name or an ARN.
  'AWS::SecretsManager::SecretTargetAttachment': {
    ref: '{arnOf:SecretId}',
    names: { SecretId: 'AWS::SecretsManager::Secret' },
    attributes: { Id: '{ref}' },
  },
  'AWS::SecretsManager::RotationSchedule': {
    ref: '{arnOf:SecretId}',
    names: { SecretId: 'AWS::SecretsManager::Secret' },
    attributes: { Id: '{ref}' },
  },
  'AWS::SecretsManager::ResourcePolicy': {
    ref: '{arnOf:SecretId}',
    names: { SecretId: 'AWS::SecretsManager::Secret' },
    attributes: { Id: '{ref}' },
  },

  // Names may start with a slash. ARNs have one slash in both cases.
  'AWS::SSM::Parameter': {
    name: 'Name',
    placeholders: 'CFN-{logicalId}-{hash}',
    arn: regional('ssm', 'parameter{/name}'),
    attributes: { Type: '{prop:Type}', Value: '{prop:Value}' },
  },
  'AWS::SSM::Document': { name: 'Name', maxLength: 128, arn: regional('ssm', 'document/{name}') },
  'AWS::SSM::Association': {
    placeholders: 'uuid',
    arn: regional('ssm', 'association/{name}'),
    attributes: { AssociationId: '{name}' },
  },

  'AWS::Cognito::UserPool': {
    placeholders: '{mixed:9}',
    arn: regional('cognito-idp', 'userpool/{region}_{name}'),
    ref: '{region}_{name}',
    attributes: {
      UserPoolId: '{region}_{name}',
      ProviderName: 'cognito-idp.{region}.{dns}/{region}_{name}',
      ProviderURL: 'https://cognito-idp.{region}.{dns}/{region}_{name}',
    },
  },
  'AWS::Cognito::UserPoolClient': { placeholders: '{lower:26}', attributes: { ClientId: '{name}' } },
  'AWS::Cognito::UserPoolDomain': { name: 'Domain' },
  'AWS::Cognito::UserPoolGroup': { name: 'GroupName' },
  'AWS::Cognito::IdentityPool': {
    placeholders: 'uuid',
    arn: regional('cognito-identity', 'identitypool/{region}:{name}'),
    ref: '{region}:{name}',
    attributes: { Id: '{region}:{name}' },
  },

  'AWS::CertificateManager::Certificate': {
    placeholders: 'uuid',
    arn: regional('acm', 'certificate/{name}'),
    ref: '{arn}',
  },
};
