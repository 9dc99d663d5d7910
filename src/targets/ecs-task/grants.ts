import type { RunTaskSpec } from './spec';
import { allow, arnOf, type Statement } from '../../render/grants';
import { registerTaskStatements, revisionsOf } from '../ecs/grants';

/**
 * Allows to run a task to its end. A capacity provider has no resource level here.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
 */
export function runTaskStatements({ clusterName, definition }: RunTaskSpec): Statement[] {
  return [
    ...registerTaskStatements(definition),
    allow(['ecs:RunTask'], [revisionsOf(definition.family)], {
      ArnEquals: { 'ecs:cluster': arnOf('ecs', `cluster/${clusterName}`) },
    }),
    allow(['ecs:DescribeTasks', 'ecs:StopTask'], [arnOf('ecs', `task/${clusterName}/*`)]),
  ];
}
