import { global, regional, type ReferenceTable } from './reference';

/** Lists the resource types that store data. */
export const STORAGE: ReferenceTable = {
  // Does not contain the website URL, because its form depends on the Region.
  'AWS::S3::Bucket': {
    name: 'BucketName',
    placeholders: 'lower',
    maxLength: 63,
    arn: 'arn:{partition}:s3:::{name}',
    attributes: {
      DomainName: '{name}.s3.{dns}',
      DualStackDomainName: '{name}.s3.dualstack.{region}.{dns}',
      RegionalDomainName: '{name}.s3.{region}.{dns}',
    },
  },
  'AWS::S3::BucketPolicy': { ref: '{prop:Bucket}' },
  'AWS::S3::AccessPoint': {
    name: 'Name',
    placeholders: 'lower',
    maxLength: 50,
    arn: regional('s3', 'accesspoint/{name}'),
    attributes: { Name: '{name}' },
  },

  'AWS::ECR::Repository': {
    name: 'RepositoryName',
    placeholders: 'lower',
    maxLength: 256,
    arn: regional('ecr', 'repository/{name}'),
    attributes: { RepositoryUri: '{account}.dkr.ecr.{region}.{dns}/{name}' },
  },
  'AWS::ECR::PublicRepository': {
    name: 'RepositoryName',
    placeholders: 'lower',
    maxLength: 205,
    arn: global('ecr-public', 'repository/{name}'),
  },
  'AWS::ECR::PullThroughCacheRule': { name: 'EcrRepositoryPrefix' },

  // The ARN of a stream ends with the time when it was enabled.
  'AWS::DynamoDB::Table': {
    name: 'TableName',
    maxLength: 255,
    arn: regional('dynamodb', 'table/{name}'),
    attributes: { StreamArn: '{arn}/stream/2024-01-01T00:00:00.{digits:3}' },
  },
  'AWS::DynamoDB::GlobalTable': {
    name: 'TableName',
    maxLength: 255,
    arn: regional('dynamodb', 'table/{name}'),
    attributes: { StreamArn: '{arn}/stream/2024-01-01T00:00:00.{digits:3}', TableId: '{uuid}' },
  },

  'AWS::RDS::DBInstance': {
    name: 'DBInstanceIdentifier',
    placeholders: 'lower',
    maxLength: 63,
    arn: regional('rds', 'db:{name}'),
    attributes: { DBInstanceArn: '{arn}', DbiResourceId: 'db-{upper:26}' },
  },
  'AWS::RDS::DBCluster': {
    name: 'DBClusterIdentifier',
    placeholders: 'lower',
    maxLength: 63,
    arn: regional('rds', 'cluster:{name}'),
    attributes: { DBClusterArn: '{arn}', DBClusterResourceId: 'cluster-{upper:26}' },
  },
  'AWS::RDS::DBSubnetGroup': {
    name: 'DBSubnetGroupName',
    placeholders: 'lower',
    maxLength: 255,
    arn: regional('rds', 'subgrp:{name}'),
  },
  'AWS::RDS::DBParameterGroup': {
    name: 'DBParameterGroupName',
    placeholders: 'lower',
    maxLength: 255,
    arn: regional('rds', 'pg:{name}'),
    attributes: { DBParameterGroupName: '{name}' },
  },
  'AWS::RDS::DBClusterParameterGroup': {
    name: 'DBClusterParameterGroupName',
    placeholders: 'lower',
    maxLength: 255,
    arn: regional('rds', 'cluster-pg:{name}'),
  },
  'AWS::RDS::DBProxy': {
    name: 'DBProxyName',
    maxLength: 64,
    arn: regional('rds', 'db-proxy:prx-{hex:17}'),
    attributes: { DBProxyArn: '{arn}' },
  },

  'AWS::EFS::FileSystem': {
    placeholders: 'fs-{hex:17}',
    arn: regional('elasticfilesystem', 'file-system/{name}'),
    attributes: { FileSystemId: '{name}' },
  },
  'AWS::EFS::AccessPoint': {
    placeholders: 'fsap-{hex:17}',
    arn: regional('elasticfilesystem', 'access-point/{name}'),
    attributes: { AccessPointId: '{name}' },
  },
  'AWS::EFS::MountTarget': { placeholders: 'fsmt-{hex:17}', attributes: { Id: '{name}' } },

  'AWS::ElastiCache::CacheCluster': {
    name: 'ClusterName',
    placeholders: 'lower',
    maxLength: 50,
    arn: regional('elasticache', 'cluster:{name}'),
  },
  'AWS::ElastiCache::ReplicationGroup': {
    name: 'ReplicationGroupId',
    placeholders: 'lower',
    maxLength: 40,
    arn: regional('elasticache', 'replicationgroup:{name}'),
  },
  'AWS::ElastiCache::ServerlessCache': {
    name: 'ServerlessCacheName',
    placeholders: 'lower',
    maxLength: 40,
    arn: regional('elasticache', 'serverlesscache:{name}'),
    attributes: { ARN: '{arn}' },
  },
  'AWS::ElastiCache::SubnetGroup': {
    name: 'CacheSubnetGroupName',
    placeholders: 'lower',
    maxLength: 255,
    arn: regional('elasticache', 'subnetgroup:{name}'),
  },

  'AWS::OpenSearchService::Domain': {
    name: 'DomainName',
    placeholders: 'lower',
    maxLength: 28,
    arn: regional('es', 'domain/{name}'),
  },

  'AWS::Kinesis::Stream': { name: 'Name', maxLength: 128, arn: regional('kinesis', 'stream/{name}') },
  'AWS::Kinesis::StreamConsumer': {
    name: 'ConsumerName',
    arn: '{prop:StreamARN}/consumer/{name}:{digits:10}',
    ref: '{arn}',
    attributes: { ConsumerARN: '{arn}', ConsumerName: '{name}', StreamARN: '{prop:StreamARN}' },
  },
  'AWS::KinesisFirehose::DeliveryStream': {
    name: 'DeliveryStreamName',
    maxLength: 64,
    arn: regional('firehose', 'deliverystream/{name}'),
  },

  'AWS::Glue::Database': {
    name: 'DatabaseInput.Name',
    placeholders: 'lower',
    maxLength: 255,
    arn: regional('glue', 'database/{name}'),
  },
  // In newer schemas of the type, `Ref` also contains the catalog and the database.
  'AWS::Glue::Table': {
    name: 'TableInput.Name',
    placeholders: 'lower',
    maxLength: 255,
    arn: regional('glue', 'table/{prop:DatabaseName}/{name}'),
    ref: '{unknown}',
  },
  'AWS::Glue::Job': { name: 'Name', maxLength: 255, arn: regional('glue', 'job/{name}') },
  'AWS::Glue::Crawler': { name: 'Name', maxLength: 255, arn: regional('glue', 'crawler/{name}') },
};
