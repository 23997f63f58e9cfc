"""Logs somebody in from a command line: authorization code with PKCE, ended at a loopback address (RFC 8252 §7.3).

    python3 login.py http://localhost:4400 API_KEY
"""

import base64
import hashlib
import http.server
import json
import secrets
import sys
import urllib.parse
import urllib.request

server, api_key = sys.argv[1:]


class Callback(http.server.BaseHTTPRequestHandler):
    """Takes the one answer that comes to the loopback address."""

    def do_GET(self):
        self.server.answer = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"You may close this page.")

    def log_message(self, *_):
        """Says nothing: the address has the code in it."""


listener = http.server.HTTPServer(("127.0.0.1", 0), Callback)
redirect_uri = f"http://127.0.0.1:{listener.server_port}/callback"
verifier = secrets.token_urlsafe(32)
challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
state = secrets.token_urlsafe(16)

request = {
    "response_type": "code",
    "response_mode": "query",
    "client_id": api_key,
    "redirect_uri": redirect_uri,
    "scope": "read",
    "state": state,
    "code_challenge": challenge,
    "code_challenge_method": "S256",
}
print(f"Open {server}/v1/oauth/authorize?{urllib.parse.urlencode(request)}", flush=True)
listener.answer = {}
while listener.answer.get("state") != state:
    listener.handle_request()
if "error" in listener.answer:
    sys.exit(listener.answer.get("error_description", listener.answer["error"]))

form = {
    "grant_type": "authorization_code",
    "code": listener.answer["code"],
    "code_verifier": verifier,
    "client_id": api_key,
    "redirect_uri": redirect_uri,
}
with urllib.request.urlopen(f"{server}/v1/oauth/token", urllib.parse.urlencode(form).encode()) as answer:
    tokens = json.load(answer)

profile = urllib.request.Request(f"{server}/v1/me", headers={"Authorization": f"Bearer {tokens['access_token']}"})
with urllib.request.urlopen(profile) as answer:
    print(f"Hello {json.load(answer)['name']}")
