// node-forge has no types for its parts. Its ASN.1 part alone loads in a sixth of the time of the whole.
declare module 'node-forge/lib/asn1.js' {
  import { asn1 } from 'node-forge';
  export = asn1;
}
