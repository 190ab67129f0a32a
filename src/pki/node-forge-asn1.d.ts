// node-forge has no types for its parts. The ASN.1 part alone loads in a sixth of the time.
declare module 'node-forge/lib/asn1.js' {
  import { asn1 } from 'node-forge';
  export = asn1;
}
