/**
 * How the button looks. Colours follow the page's `color-scheme`, the words its own colour and font. A style sheet that
 * script constructs is not inline: a strict Content-Security-Policy lets it be.
 */
export const style = `
:host{display:inline-flex;flex-wrap:wrap;align-items:center;gap:.5em .875em;max-width:100%}
:host([hidden]){display:none}
p{margin:0;overflow-wrap:anywhere}
p:empty{margin-inline-end:-.875em}
button{box-sizing:border-box;min-height:44px;padding:.5em 1.125em;border:1px solid #0000;border-radius:10px;cursor:pointer;font:inherit;font-weight:600;color:#fff;background:#33205e;color:light-dark(#fff,#17131f);background:light-dark(#33205e,#e4dafd)}
button:hover{filter:brightness(1.15)}
button:focus-visible{outline:3px solid #7c5cd6;outline-offset:2px}
button[part~=signed-in]{color:inherit;background:none;border-color:currentColor}
[part~=busy]{cursor:progress}
[part~=checking]{animation:late .4s step-end}
@keyframes late{from{opacity:0}}
`
