import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Problems } from '../../pipeline/problems';
import { outermost } from '../../render/names';
import { bootstrapRolesOf } from '../build/bootstrap-roles';

/** What `cdk deploy` takes literally: with other characters it is a pattern. */
const PLAIN_PATH = /^[\w./-]+$/;

/** Validates what only the construct tree shows of a self-update. */
export function validateSelfUpdateStack(scope: Construct, problems: Problems): void {
  const stack = outermost(Stack.of(scope));
  validateBootstrapped(stack, problems);
  if (PLAIN_PATH.test(stack.node.path)) return;
  const rule = "belong to a stack whose path consists of letters, digits, '.', '_', '-' and '/'";
  problems.add(rule, stack.node.path, 'rename the stack; its stackName may stay');
}

/** Validates that the roles of the environment of a stack are named by its qualifier. */
export function validateBootstrapped(stack: Stack, problems: Problems): void {
  if (bootstrapRolesOf(stack)) return;
  problems.add(
    "go with stacks of DefaultStackSynthesizer, whose roles have the names of 'cdk bootstrap'",
    `${stack.node.path} with ${stack.synthesizer.constructor.name}`,
    'leave the synthesizer and its role ARNs out, and choose the qualifier only',
  );
}
