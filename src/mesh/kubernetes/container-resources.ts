import { z } from 'zod';
import { billionthsIn } from '../../kubernetes/quantity';
import { dnsLabel } from '../schema-types';
import { apiObject } from './api-object';
import { amounts, quantity, quantityHint } from './quantities';

/**
 * What a container requests, and what it may use at most.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
 */

type Amounts = Readonly<Record<string, unknown>> | null | undefined;

/** Requests and limits, whose amounts may be of any type. */
interface Resources {
  readonly requests?: Amounts;
  readonly limits?: Amounts;
}

/** An amount that the API server refuses, with what to do instead. */
interface AmountProblem {
  readonly path: readonly ['requests' | 'limits', ...string[]];
  readonly message: string;
  readonly hint: string;
}

/** The amounts that the API server refuses, because of their name or because of another amount. */
export function resourcesProblems({ requests, limits }: Resources): AmountProblem[] {
  const given = [...Object.keys({ ...requests, ...limits })];
  return given.flatMap((name) => {
    const [request, limit] = [amountOf(requests, name), amountOf(limits, name)];
    return [
      ...(request === undefined ? [] : requestProblems(name, request, limit)),
      ...(isWhole(name) ? fractionProblems(name, { requests, limits }) : []),
      ...(name.startsWith('hugepages-') ? hugePagesProblems(name, { requests, limits }) : []),
    ];
  });
}

function requestProblems(name: string, request: Amount, limit: Amount | undefined): AmountProblem[] {
  if (limit === undefined) {
    if (mayExceed(name)) return [];
    const message = `${name} has a request without a limit.`;
    return [{ path: ['requests', name], message, hint: `Add ${name}: with the same amount to limits.` }];
  }
  if (request.billionths > limit.billionths) {
    const message = `The request of ${request.text} ${name} is greater than the limit of ${limit.text}.`;
    return [
      {
        path: ['limits', name],
        message,
        hint: `Write a limit of at least ${request.text}, or a lower request.`,
      },
    ];
  }
  if (mayExceed(name) || request.billionths === limit.billionths) return [];
  const message = `The request of ${request.text} ${name} is not equal to the limit of ${limit.text}.`;
  return [{ path: ['limits', name], message, hint: 'Write the same amount for both.' }];
}

function fractionProblems(name: string, resources: Resources): AmountProblem[] {
  return (['requests', 'limits'] as const)
    .filter((field) => {
      const amount = amountOf(resources[field], name);
      return amount !== undefined && amount.billionths % 1_000_000_000n !== 0n;
    })
    .map((field) => ({
      path: [field, name],
      message: `${amountOf(resources[field], name)?.text} ${name} is not a whole number.`,
      hint: 'Write a whole number.',
    }));
}

function hugePagesProblems(name: string, resources: Resources): AmountProblem[] {
  const size = billionthsIn(name.slice('hugepages-'.length));
  const field = amountOf(resources.limits, name) === undefined ? 'requests' : 'limits';
  const amount = amountOf(resources[field], name);
  if (amount === undefined) return [];
  if (size === undefined || size <= 0n) {
    return [
      {
        path: [field, name],
        message: `${name} names no page size.`,
        hint: 'Write a name such as hugepages-2Mi.',
      },
    ];
  }
  if (amount.billionths % size !== 0n) {
    const message = `${amount.text} is not a multiple of the page size of ${name}.`;
    return [{ path: [field, name], message, hint: 'Write a multiple of the page size.' }];
  }
  const others = ['cpu', 'memory'].flatMap((other) => [
    amountOf(resources.requests, other),
    amountOf(resources.limits, other),
  ]);
  if (others.some((other) => other !== undefined)) return [];
  return [
    { path: [field, name], message: `${name} needs cpu or memory beside it.`, hint: 'Add cpu or memory.' },
  ];
}

/** Whether a limit may be greater than the request: only for the resources of Kubernetes itself. */
function mayExceed(name: string): boolean {
  return isOfKubernetes(name) && !name.startsWith('hugepages-');
}

/** Whether only whole numbers make sense: for devices. */
function isWhole(name: string): boolean {
  return !isOfKubernetes(name);
}

function isOfKubernetes(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}

interface Amount {
  readonly text: string;
  readonly billionths: bigint;
}

function amountOf(amounts: Amounts, name: string): Amount | undefined {
  const amount = amounts?.[name];
  const billionths = billionthsIn(amount);
  return billionths === undefined ? undefined : { text: String(amount), billionths };
}

/** The resources of a container in the Kubernetes API. */
export function containerResources() {
  const amount = amounts(z.union([quantity, z.number().min(0)], { error: quantityHint }));
  return apiObject(
    {},
    {
      requests: amount,
      limits: amount,
      claims: z.array(apiObject({ name: dnsLabel }, { request: z.string() })),
    },
  ).superRefine((resources, { addIssue }) => {
    for (const { path, message, hint } of resourcesProblems(resources as Resources)) {
      addIssue({ code: 'custom', path: [...path], message: hint, params: { message }, input: resources });
    }
  });
}
