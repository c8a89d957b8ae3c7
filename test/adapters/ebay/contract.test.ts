import { marketplaceContract } from '../../contract/marketplace.ts';
import { practiceWorld } from './practice-world.ts';

marketplaceContract('ebay on the practice marketplace', practiceWorld);
