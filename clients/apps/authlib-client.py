import json
import os
import sys

from authlib.integrations.requests_client import OAuth2Session

config = json.loads(os.environ["CONFIG"])
client = OAuth2Session(
    config["apiKey"],
    scope="openid profile",
    redirect_uri=config["redirectUri"],
    code_challenge_method="S256",
    token_endpoint_auth_method="none",
)
url, state = client.create_authorization_url(config["authorize"], code_verifier=config["verifier"])
print(url, flush=True)
client.fetch_token(
    config["token"],
    authorization_response=sys.stdin.readline().strip(),
    state=state,
    code_verifier=config["verifier"],
)
print(client.refresh_token(config["token"])["access_token"], flush=True)
